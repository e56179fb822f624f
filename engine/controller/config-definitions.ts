import type { BrokerConfig } from '../metadata/config/broker-config.ts';
import { describeTopic } from '../metadata/config/describe.ts';
import { type EffectiveBrokerConfig, resolveBroker } from '../metadata/config/resolve.ts';
import {
  applyConfigOperation,
  type ConfigProblem,
  validateBrokerConfigChange,
  validateBrokerConfigForm,
  validateClientMetricsConfigs,
  validateGroupConfigs,
  validateTopicConfigs,
} from '../metadata/config/validate.ts';
import { resourceType } from '../metadata/image/states.ts';
import { errorCode } from '../protocol/errors.ts';
import { type ApiError, apiError } from './api-error.ts';
import type { BrokerLayers, ConfigRules, DescribedConfig } from './config-rules.ts';

/** The rules as the definitions of engine/metadata/config have them, over this node's server.properties. */
export function rulesOfDefinitions(fixed: BrokerConfig): ConfigRules {
  let resolved: { readonly layers: BrokerLayers; readonly state: EffectiveBrokerConfig } | null = null;
  const effective = (layers: BrokerLayers): EffectiveBrokerConfig => {
    // Values are immutable and replaced when they change, so the same maps mean the same state.
    if (resolved === null || resolved.layers.broker !== layers.broker || resolved.layers.cluster !== layers.cluster) {
      const dynamic = { clusterWide: layers.cluster, ofBroker: layers.broker };
      resolved = { layers, state: resolveBroker(fixed, dynamic) };
    }
    return resolved.state;
  };
  return {
    apply(type, name, current, operation, operand) {
      const applied = applyConfigOperation(type, name, current, operation, operand);
      return 'problem' in applied ? problemError(applied.problem) : applied;
    },
    validate(type, resourceName, values, layers) {
      switch (type) {
        case resourceType.topic:
          return refusal(errorCode.INVALID_CONFIG, validateTopicConfigs(values, effective(layers).values));
        case resourceType.broker: {
          const ofBroker = resourceName !== '';
          // The broker by which the change came has seen to the rest.
          const isOther = ofBroker && Number(resourceName) !== fixed.nodeId;
          const problem = isOther
            ? validateBrokerConfigForm(values, ofBroker)
            : validateBrokerConfigChange(effective(layers), values, ofBroker);
          return refusal(errorCode.INVALID_REQUEST, problem);
        }
        case resourceType.group:
          return refusal(errorCode.INVALID_CONFIG, validateGroupConfigs(values, effective(layers).values));
        case resourceType.clientMetrics:
          return orNull(validateClientMetricsConfigs(values));
        default:
          return apiError(errorCode.INVALID_REQUEST, `Unknown resource type ${type}`);
      }
    },
    describeTopic: (topic, layers) =>
      describeTopic(effective(layers), topic, everything).map(
        ({ name, value, readOnly, source, isSensitive }): DescribedConfig => ({
          name,
          // What the client gave is told back as it gave it.
          value: isSensitive ? value : (topic.get(name) ?? value),
          readOnly,
          configSource: source,
          isSensitive,
        }),
      ),
  };
}

// Where a value comes from is known only where its synonyms are looked up.
const everything = { keys: null, includeSynonyms: true, includeDocumentation: false };

function refusal(code: number, problem: string | null): ApiError | null {
  return problem === null ? null : apiError(code, problem);
}

function orNull(problem: ConfigProblem | null): ApiError | null {
  return problem === null ? null : problemError(problem);
}

function problemError({ code, message }: ConfigProblem): ApiError {
  return apiError(errorCode[code], message);
}
