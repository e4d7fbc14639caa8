import type { Reference } from '../casefile/references.js';
import type {
  AcceptBody,
  AdoptBody,
  AskAfreshBody,
  DeliveryBody,
  LookAgainBody,
  RecheckBody,
  RecogniseReportBody,
  RecordConsentsBody,
  SupplyBody,
  VerificationObjectionBody,
  VisitBody,
  WithdrawBody,
} from '../terms/index.js';

/** What each body names by id: all of it has to be of the case the act is about. */
const visited = (
  { investigators, householdSignatory }: Pick<VisitBody, 'investigators' | 'householdSignatory'>,
  to: 'field_staff' | 'county_staff',
): Reference[] => [
  ...investigators.map((id, at): Reference => ({ to, id, pointer: `/investigators/${at}` })),
  { to: 'person', id: householdSignatory, pointer: '/householdSignatory' },
];
export const inVisit = (body: VisitBody): Reference[] => visited(body, 'field_staff');
export const inCountyVisit = (body: VisitBody): Reference[] => visited(body, 'county_staff');

export const inSupplement = ({ consents }: Pick<SupplyBody, 'consents'>): Reference[] =>
  consents.flatMap(({ person, signedBy }, at): Reference[] => [
    { to: 'person', id: person, pointer: `/consents/${at}/person` },
    { to: 'person', id: signedBy, pointer: `/consents/${at}/signedBy` },
  ]);

export const inSignatures = (body: RecordConsentsBody): Reference[] => [
  ...inSupplement(body),
  ...body.refusals.map(({ person }, at): Reference => ({
    to: 'person',
    id: person,
    pointer: `/refusals/${at}/person`,
  })),
  ...(body.withdrawals ?? []).map(({ person }, at): Reference => ({
    to: 'person',
    id: person,
    pointer: `/withdrawals/${at}/person`,
  })),
];

export const inAcceptance = ({ nearRelatives }: AcceptBody): Reference[] =>
  nearRelatives.flatMap(({ person, handlerId }, at): Reference[] => [
    { to: 'person', id: person, pointer: `/nearRelatives/${at}/person` },
    { to: 'staff', id: handlerId, pointer: `/nearRelatives/${at}/handlerId` },
  ]);

export const inAdoption = ({ adoptions }: Pick<AdoptBody, 'adoptions'>): Reference[] =>
  adoptions.flatMap((entry, at): Reference[] => [
    { to: 'person', id: entry.fact?.person, pointer: `/adoptions/${at}/fact/person` },
    { to: 'request', id: entry.requestId, pointer: `/adoptions/${at}/requestId` },
    { to: 'declared', id: entry.declaredFactId, pointer: `/adoptions/${at}/declaredFactId` },
    { to: 'answered', id: entry.answerFactId, pointer: `/adoptions/${at}/answerFactId` },
    { to: 'document', id: entry.documentId, pointer: `/adoptions/${at}/documentId` },
    { to: 'adopted', id: entry.supersedes, pointer: `/adoptions/${at}/supersedes` },
  ]);

export const inRecognisedReport = ({ documentId, answers }: RecogniseReportBody): Reference[] => [
  { to: 'document', id: documentId, pointer: '/documentId' },
  ...answers.map(({ person }, at): Reference => ({
    to: 'person',
    id: person,
    pointer: `/answers/${at}/person`,
  })),
];
export const inFreshQuestions = ({ requests }: AskAfreshBody): Reference[] =>
  requests.map((id, at): Reference => ({ to: 'request', id, pointer: `/requests/${at}` }));
export const inVerificationObjection = ({
  documentId,
  values = [],
}: VerificationObjectionBody): Reference[] => [
  ...inDocument({ documentId }),
  ...values.map((id, at): Reference => ({ to: 'answered', id, pointer: `/values/${at}` })),
];
export const inRecheck = (body: RecheckBody): Reference[] => [
  ...inAdoption(body),
  ...(body.values ?? []).flatMap(({ answerFactId, documentId }, at): Reference[] => [
    { to: 'answered', id: answerFactId, pointer: `/values/${at}/answerFactId` },
    { to: 'document', id: documentId, pointer: `/values/${at}/documentId` },
  ]),
];
export const inLookAgain = ({ requestId }: LookAgainBody): Reference[] => [
  { to: 'request', id: requestId, pointer: '/requestId' },
];

export const inDocument = ({ documentId }: { documentId: string }): Reference[] => [
  { to: 'document', id: documentId, pointer: '/documentId' },
];
export const inCooperation = ({ person }: { person: string }): Reference[] => [
  { to: 'person', id: person, pointer: '/person' },
];
export const inWarning = inCooperation;
export const inWithdrawal = ({ documentId, signedBy }: WithdrawBody): Reference[] => [
  ...inDocument({ documentId }),
  { to: 'person', id: signedBy, pointer: '/signedBy' },
];
export const inDelivery = ({ documentId, person }: DeliveryBody): Reference[] => [
  ...inDocument({ documentId }),
  { to: 'person', id: person, pointer: '/person' },
];
export const inPhotos = ({ photos = [] }: { photos?: readonly string[] | undefined }): Reference[] =>
  photos.map((id, at): Reference => ({ to: 'document', id, pointer: `/photos/${at}` }));
