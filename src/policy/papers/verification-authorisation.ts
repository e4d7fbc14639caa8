import { list, paragraph, sheet, table } from './sheet.js';
import { dayText } from './text.js';
import type { AuthorisationSigner, PaperTemplate, VerificationAuthorisationData } from './types.js';

/** 授权书: who lets which departments be asked, for what, and how long (DIBAO-2021 art. 9, 17; LAW-2026 art. 41). */
export const verificationAuthorisationPaper: PaperTemplate<
  'verification_authorisation',
  VerificationAuthorisationData
> = {
  kind: 'verification_authorisation',
  template: 'verification_authorisation/1',
  title: '家庭经济状况核对授权书',
  render: ({ caseNo, date, office, signers, departments, purpose, validFrom, validTo, textVersion }) =>
    sheet({
      title: '家庭经济状况核对授权书',
      caseNo,
      to: office,
      body: [
        paragraph(`为${purpose}，本人同意并授权你单位依法向下列部门和机构查询、核对本人的有关信息：`),
        list(departments),
        paragraph(
          `授权期限自${dayText(validFrom)}起至${dayText(validTo)}止。核对结果仅用于上述目的，知悉信息的单位和个人应当保密。`,
        ),
        paragraph('本人可以书面撤回授权；撤回前已经作出的核对不受影响，撤回可能使申请无法继续审核。'),
        table(
          ['授权人', '!身份证件号码', '_签名或者指印', '_日期'],
          signers.map((signer) => [authorises(signer), signer.maskedId ?? '—', '', '']),
        ),
        paragraph(`授权书文本版本：${textVersion}`),
      ],
      articles: [
        { law: 'DIBAO-2021', article: 9 },
        { law: 'DIBAO-2021', article: 17 },
        { law: 'LAW-2026', article: 41 },
      ],
      date,
    }),
};

const authorises = ({ name, guardianOf }: AuthorisationSigner): string =>
  guardianOf === null ? name : `${name}（监护人，代${guardianOf}签署）`;
