// What a person is told beside the items: of one of them, and at a run's end of all together.
export { addHint, addNote, hintTeller } from './hints';
export { tellRepeats } from './repeats';
export { tellShortfalls } from './shortfalls';
export { noteAnswerCost, tellSpending } from './spending';
export { toldOf } from './told';
