import { RESULTS, WAYS } from './labels.js';
import { pairs, sheet } from './sheet.js';
import { dayText } from './text.js';
import type { DeliveryReceiptData, PaperTemplate } from './types.js';

/** 送达回证: which paper reached whom, how and when; a witness where it was refused (DIBAO-2021 art. 21). */
export const deliveryReceiptPaper: PaperTemplate<'delivery_receipt', DeliveryReceiptData> = {
  kind: 'delivery_receipt',
  template: 'delivery_receipt/1',
  title: '送达回证',
  render: ({ caseNo, date, office, recipient, takenBy, deliveredBy, witness, ...delivery }) =>
    sheet({
      title: '送达回证',
      caseNo,
      body: pairs([
        ['送达机关', office],
        ['送达文书', `《${delivery.paperTitle}》（${dayText(delivery.paperDate)}）`],
        ['受送达人', recipient],
        ['送达方式', WAYS[delivery.how]],
        ['送达结果', RESULTS[delivery.result]],
        ['送达日期', dayText(delivery.deliveredOn)],
        ['代收人', takenBy ?? '无'],
        ['见证人', witness ?? '无'],
      ]),
      articles: [{ law: 'DIBAO-2021', article: 21 }],
      signatures: [
        // Nobody is asked to sign for a paper that did not reach them.
        ...(delivery.result === 'delivered'
          ? [
              takenBy === null
                ? { capacity: '受送达人', name: recipient }
                : { capacity: '代收人', name: takenBy },
            ]
          : []),
        ...deliveredBy.map((name) => ({ capacity: '送达人', name })),
        ...(witness === null ? [] : [{ capacity: '见证人', name: witness }]),
      ],
      date,
    }),
};
