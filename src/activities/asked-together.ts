import type { UnsentRequest } from '../casefile/evidence.js';

type Asked = Pick<UnsentRequest, 'via' | 'personId' | 'requestedOn'>;

/** Whether two questions leave in one message: through one platform, about one person, of one day. */
export const askedTogether = (one: Asked, other: Asked): boolean =>
  one.via !== null &&
  one.via === other.via &&
  one.personId === other.personId &&
  one.requestedOn === other.requestedOn;
