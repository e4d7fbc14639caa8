import { APPLICATION, type ApplicationStage } from '../policy/application.js';
import type { DeskInput } from '../terms/desk.js';
import { openDesk, type Desk, type Stages } from './desk.js';
import { meansVerification } from './means-verification.js';

/** 受理: the window checks the papers; what is missing is told once, and a complete file is accepted with a receipt. */
const accepting = (desk: Desk) => desk.untilStageLeft();

/** 补正: it is the household's turn. When the time is over a person is told; nothing closes by itself. */
const supplementing = (desk: Desk) => desk.untilStageLeft();

/** 调查核实: the home visit by two, and beside it every department is asked about every member. */
const investigating = (desk: Desk) => desk.besides(() => meansVerification(desk));

/** 初审意见: the township has proposed; the clerk posts it, or it goes on where no notice is due. */
const opining = (desk: Desk) => desk.untilStageLeft();

/** 公示: seven days on the village board. An objection sends the case back to be looked into. */
const noticing = (desk: Desk) => desk.untilStageLeft();

/** 县级审核: the county's examiner has ten working days. */
const reviewing = (desk: Desk) => desk.untilStageLeft();

/** 确认: someone who has not touched the case decides. */
const deciding = (desk: Desk) => desk.untilStageLeft();

/** 认定 or 告知: the recognition is entered, or the written refusal is brought to the household. */
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

/** Low-income assistance from submission to decision (DIBAO-2021 art. 4–24). */
export async function application(input: DeskInput): Promise<void> {
  const desk = await openDesk(input, APPLICATION, stages);
  while (desk.isOpen) await desk.advance();
}
