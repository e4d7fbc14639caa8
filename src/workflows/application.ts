import { APPLICATION, type ApplicationStage } from '../policy/application.js';
import type { DeskInput } from '../terms/desk.js';
import { openDesk, type Desk, type Stages } from './desk.js';
import { firstVerified, meansVerification } from './means-verification.js';

/**
 * 受理: the window checks the papers; what is missing is told once, and a complete file is accepted with a receipt. Where
 * the place verifies first (核对前置), the departments are asked meanwhile.
 */
const accepting = (desk: Desk) => desk.besides(() => firstVerified(desk));

/** 补正: it is the household's turn. When the time is over a person is told; nothing closes by itself. */
const supplementing = (desk: Desk) => desk.besides(() => firstVerified(desk));

/**
 * 调查核实: the home visit by two, here and where a member lives elsewhere, and beside it every department is asked
 * about every member. What speaks against the household is told to it, and looked into again when it objects. An
 * objection of others is looked into here too, or put before an appraisal; a file that was returned begins here again.
 */
const investigating = (desk: Desk) => desk.besides(() => meansVerification(desk));

/** 初审意见: a leader has signed what the township proposes; the clerk posts it, or it goes on where no notice is due. */
const opining = (desk: Desk) => desk.untilStageLeft();

/** 公示: seven days on the village board, once more where the place says so. An objection sends the case back. */
const noticing = (desk: Desk) => desk.untilStageLeft();

/** 县级审核: the county's examiner has ten working days, and goes to see where relatives or a report are concerned. */
const reviewing = (desk: Desk) => desk.untilStageLeft();

/** 确认: someone who has not touched the case decides – at the county, or in the township where it is delegated. */
const deciding = (desk: Desk) => desk.untilStageLeft();

/** 认定、告知、公布: the recognition is entered, its notice brought and published; a refusal or an ending is brought in writing. */
const concluding = (desk: Desk) => desk.untilStageLeft();

const stages = {
  accepting,
  supplementing,
  investigating,
  opining,
  noticing,
  reviewing,
  deciding,
  concluding,
  done: async () => {},
} satisfies Stages<ApplicationStage>;

/** Low-income assistance from submission to decision (DIBAO-2021 art. 4–29). */
export async function application(input: DeskInput): Promise<void> {
  const desk = await openDesk(input, APPLICATION, stages);
  while (desk.isOpen) await desk.advance();
  await desk.close();
}
