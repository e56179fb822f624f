export { topicNameProblem } from '../metadata/topic-names.ts';
