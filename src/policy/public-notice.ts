import type { Fen, PlainDate } from '../terms/index.js';
import { maskName } from './masking.js';

export interface PostedInput {
  readonly office: string;
  readonly programme: string;
  readonly name: string;
  readonly birthDate: PlainDate | null;
  readonly boardName: 'full' | 'masked';
  readonly memberCount: number;
  readonly monthlyBenefitFen: Fen;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly complaintPhone: string;
}
const base = ({ office, programme, memberCount, monthlyBenefitFen }: PostedInput) => ({
  office,
  programme,
  memberCount,
  monthlyBenefitFen,
});
export const boardNotice = (i: PostedInput) => ({
  ...base(i),
  name: i.boardName === 'full' ? i.name : maskName(i.name),
  from: i.from,
  to: i.to,
  complaintPhone: i.complaintPhone,
});
export const onlineNotice = (i: PostedInput) => ({
  ...base(i),
  name: maskName(i.name),
  from: i.from,
  to: i.to,
});
export const publication = (i: PostedInput) => ({ ...base(i), name: maskName(i.name), date: i.from });
