import { PAPERS, VERIFIABLE_PAPERS, type Paper, type Source, type VerifiablePaper } from '../terms/index.js';

/** One thing that an application needs, and who supplies it. */
export interface FormItem {
  readonly item: Paper | VerifiablePaper;
  /** From whom: the household in these cases, or a department. */
  readonly from: 'household' | 'verification';
  readonly needed: 'always' | 'with_proxy' | 'with_guardian' | 'never_asked';
  /** The department that answers it instead (LAW-2026 art. 62). */
  readonly replacedBy?: Source;
  /** 告知承诺: a signed statement may stand in for it (NOTICE-2022 section 1 (2)). */
  readonly commitmentSuffices?: true;
  readonly article: string;
}

/** The form: what is asked, when, and which paper a department makes unnecessary. */
export const APPLICATION_FORM: readonly FormItem[] = [
  { item: 'application_form', from: 'household', needed: 'always', article: 'DIBAO-2021 art. 4, 9' },
  { item: 'commitment', from: 'household', needed: 'always', article: 'DIBAO-2021 art. 9' },
  { item: 'verification_authorisation', from: 'household', needed: 'always', article: 'DIBAO-2021 art. 9' },
  {
    item: 'income_declaration',
    from: 'household',
    needed: 'always',
    commitmentSuffices: true,
    article: 'LAW-2026 art. 40',
  },
  { item: 'mandate', from: 'household', needed: 'with_proxy', article: 'DIBAO-2021 art. 6' },
  {
    item: 'guardianship_proof',
    from: 'household',
    needed: 'with_guardian',
    commitmentSuffices: true,
    article: 'NOTICE-2022 section 1 (2)',
  },
  verified('household_register_copy', 'household_register'),
  verified('wage_certificate', 'social_insurance'),
  verified('pension_certificate', 'social_insurance'),
  verified('bank_statement', 'bank'),
];

function verified(item: VerifiablePaper, replacedBy: Source): FormItem {
  return { item, from: 'verification', needed: 'never_asked', replacedBy, article: 'LAW-2026 art. 62' };
}

/** The department that supplies a paper; undefined for what only the household has. */
export const replacedBy = (item: Paper | VerifiablePaper): Source | undefined =>
  APPLICATION_FORM.find((each) => each.item === item)?.replacedBy;

/** Papers for which a commitment may stand in. */
export const COMMITTABLE: readonly Paper[] = PAPERS.filter((paper) =>
  APPLICATION_FORM.some(({ item, commitmentSuffices }) => item === paper && commitmentSuffices),
);

/** What this application needs from the household. */
export function neededPapers(has: { readonly proxy: boolean; readonly guardian: boolean }): Paper[] {
  return PAPERS.filter((paper) =>
    APPLICATION_FORM.some(
      ({ item, needed }) =>
        item === paper &&
        (needed === 'always' ||
          (needed === 'with_proxy' && has.proxy) ||
          (needed === 'with_guardian' && has.guardian)),
    ),
  );
}

export const isVerifiable = (item: string): item is VerifiablePaper =>
  VERIFIABLE_PAPERS.some((paper) => paper === item);
