import type { IForbiddenRuleType } from 'dependency-cruiser'

/** The folders of the table, so that the check can tell that none of them was missed. */
export const folders: readonly string[]
export const forbidden: IForbiddenRuleType[]
