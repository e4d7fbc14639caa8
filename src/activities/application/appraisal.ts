import { openObjection } from '../../casefile/opinions.js';
import { newId, record } from '../../casefile/record.js';
import { appraisals } from '../../casefile/schema/index.js';
import { quorumOf } from '../../policy/appraisal.js';
import { APPRAISAL_GROUPS, DomainError, type AppraisalGroup } from '../../terms/index.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { applicantOf, ofPlace } from './context.js';
import { issue } from './papers.js';

const GROUP_NAMES: Readonly<Record<AppraisalGroup, string>> = {
  township_staff: '乡镇（街道）工作人员',
  committee_members: '村（居）民委员会成员',
  party_representatives: '党员代表',
  villager_representatives: '村（居）民代表',
};

/** Quorum and shares as the place says. @throws {DomainError} `guard_not_met` naming what was missing */
export async function appraisalValid(step: CommandContext, given: unknown): Promise<boolean> {
  const body = bodyOf('hold_appraisal', given);
  if (body.calledOn > body.occurredOn) throw new DomainError('body_invalid', { pointer: '/calledOn' });
  const { truthful, untruthful, abstained } = body.votes;
  if (truthful + untruthful + abstained !== body.participants.length)
    throw new DomainError('body_invalid', { pointer: '/votes', params: { reason: 'everybody_votes_once' } });
  const short = quorumOf(await ofPlace(step, 'appraisal'), counted(body.participants));
  if (short) throw new DomainError('guard_not_met', { params: { guard: 'appraisal_valid', ...short } });
  return true;
}

/** 民主评议 about what was objected: who came, the five steps, the vote, signed by all (DIBAO-2021 art. 19). */
export async function holdAppraisal(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('hold_appraisal', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const objection = await openObjection(tx, caseNo);
  if (!objection) throw new DomainError('not_allowed_now');
  const { truthful, untruthful, abstained } = body.votes;
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = body.steps;
  const documentId = await issue(step, 'appraisal_record', {
    applicant: (await applicantOf(step)).name,
    calledOn: body.calledOn,
    heldOn: occurredOn,
    venue: body.venue,
    chair: body.chair,
    recorder: body.recorder,
    groups: APPRAISAL_GROUPS.map((group) => ({
      name: GROUP_NAMES[group],
      representatives: group === 'party_representatives' || group === 'villager_representatives',
      people: body.participants.filter((each) => each.group === group).map(({ name }) => name),
    })),
    votes: { agree: truthful, disagree: untruthful, abstain: abstained },
    steps: [first, second, third, fourth, fifth],
  });
  const present = counted(body.participants);
  const id = newId();
  await record(tx, appraisals, {
    id,
    caseNo,
    objectionId: objection.id,
    calledOn: body.calledOn,
    townshipStaff: present.township_staff,
    committeeMembers: present.committee_members,
    partyRepresentatives: present.party_representatives,
    villagerRepresentatives: present.villager_representatives,
    truthful,
    untruthful,
    abstained,
    documentId,
    staffId,
    commandId,
    occurredOn,
  });
  return {
    result: { appraisalId: id, documentId, present: body.participants.length },
    auditParams: { present: body.participants.length, truthful, untruthful, abstained },
  };
}

const counted = (
  participants: readonly { readonly group: AppraisalGroup }[],
): Record<AppraisalGroup, number> => {
  const count = (group: AppraisalGroup) => participants.filter((each) => each.group === group).length;
  return {
    township_staff: count('township_staff'),
    committee_members: count('committee_members'),
    party_representatives: count('party_representatives'),
    villager_representatives: count('villager_representatives'),
  };
};
