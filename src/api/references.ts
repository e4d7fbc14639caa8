import type { Reference } from '../casefile/references.js';
import type { AdoptBody, SupplyBody, VisitBody } from '../terms/index.js';

/** What each body names by id: all of it has to be of the case the act is about. */
export const inVisit = ({ investigators, householdSignatory }: VisitBody): Reference[] => [
  ...investigators.map((id, at): Reference => ({ to: 'field_staff', id, pointer: `/investigators/${at}` })),
  { to: 'person', id: householdSignatory, pointer: '/householdSignatory' },
];

export const inSupplement = ({ consents }: SupplyBody): Reference[] =>
  consents.flatMap(({ person, signedBy }, at): Reference[] => [
    { to: 'person', id: person, pointer: `/consents/${at}/person` },
    { to: 'person', id: signedBy, pointer: `/consents/${at}/signedBy` },
  ]);

export const inAdoption = ({ adoptions }: AdoptBody): Reference[] =>
  adoptions.flatMap((entry, at): Reference[] => [
    { to: 'person', id: entry.fact?.person, pointer: `/adoptions/${at}/fact/person` },
    { to: 'request', id: entry.requestId, pointer: `/adoptions/${at}/requestId` },
    { to: 'declared', id: entry.declaredFactId, pointer: `/adoptions/${at}/declaredFactId` },
    { to: 'answered', id: entry.answerFactId, pointer: `/adoptions/${at}/answerFactId` },
    { to: 'document', id: entry.documentId, pointer: `/adoptions/${at}/documentId` },
    { to: 'adopted', id: entry.supersedes, pointer: `/adoptions/${at}/supersedes` },
  ]);

export const inPlainAct = ({ documentId }: { documentId?: string | undefined }): Reference[] => [
  { to: 'document', id: documentId, pointer: '/documentId' },
];
