import type {
  DeliveryResult,
  DeliveryWay,
  Paper,
  VerificationPurpose,
  VisitMethod,
} from '../../terms/codes.js';
import type { ReportAnswerData, SourceAnswer } from './types.js';

/** What a clerk calls each thing. One place, so that two papers of a case use one word. */
export const PAPER_NAMES: Readonly<Record<Paper, string>> = {
  application_form: '申请书',
  commitment: '承诺书',
  verification_authorisation: '家庭经济状况核对授权书',
  income_declaration: '家庭收入和财产申报表',
  mandate: '委托书',
  guardianship_proof: '监护关系证明',
};

export const METHODS: Readonly<Record<VisitMethod, string>> = {
  home_visit: '入户调查',
  neighbour_inquiry: '邻里访问',
  letter_inquiry: '信函索证',
  phone_visit: '电话调查',
  video_visit: '视频调查',
};

export const PROPERTY: Readonly<Record<'yes' | 'no' | 'not_judged', string>> = {
  yes: '符合规定',
  no: '超过规定',
  not_judged: '本次未认定',
};

export const ANSWERS: Readonly<Record<SourceAnswer, string>> = {
  found: '有',
  none: '无',
  unanswered: '未答复',
};

export const PURPOSES: Readonly<Record<VerificationPurpose, string>> = {
  dibao_means_verification: '最低生活保障审核确认',
  tekun_means_verification: '特困人员认定',
  marginal_household_means_verification: '最低生活保障边缘家庭认定',
  rigid_expenditure_means_verification: '刚性支出困难家庭认定',
  temporary_assistance_means_verification: '临时救助审核确认',
};

export const WAYS: Readonly<Record<DeliveryWay, string>> = {
  in_person: '直接送达本人',
  post: '邮寄送达',
  left_with_adult: '交同住成年家属',
  left_witnessed: '留置送达',
  village_committee: '由村（居）民委员会转交',
};

export const RESULTS: Readonly<Record<DeliveryResult, string>> = {
  delivered: '已送达',
  refused: '拒收',
  undeliverable: '无法送达',
};

export const VERDICTS: Readonly<Record<ReportAnswerData['verdict'], string>> = {
  true: '反映的情况属实',
  partly_true: '反映的情况部分属实',
  not_true: '反映的情况不属实',
  cannot_be_verified: '反映的情况无法查实',
};
