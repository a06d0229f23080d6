/** What messages and their keys mean, for documents. Kept apart from the tables, which programs carry with them. */
export { requestTexts } from './requests.ts'
export { rowShapes, rowTexts } from './rows.ts'
export { serverTexts } from './server-messages.ts'
export type { MessageText, RequestTexts, RowTexts, ServerTexts, Text, Texts } from './texts.ts'
