// Model of @convex-dev/agent/validators, checked against 0.2.10 to 0.7.3: all validators the entry
// exports. They grew with the AI SDK's versions 6 (agent 0.6) and 7 (agent 0.7).
import { v as values } from "convex/values";
import { unknown } from "ssot:host";
import { since } from "../_versions.js";

const v = since("@convex-dev/agent", "0.2.10")
  ? values
  : unknown("@convex-dev/agent before 0.2.10 is not modelled");
const SDK6 = since("@convex-dev/agent", "0.6.0");
const SDK7 = since("@convex-dev/agent", "0.7.0");

const literals = (...values) => v.union(...values.map((value) => v.literal(value)));
const text = () => v.string();
const maybe = (validator) => v.optional(validator);
const maybeText = () => v.optional(v.string());
const maybeNumber = () => v.optional(v.number());
const maybeFlag = () => v.optional(v.boolean());

export const vProviderOptions = v.record(v.string(), v.record(v.string(), v.any()));
export const vProviderMetadata = vProviderOptions;
const providerOptions = maybe(vProviderOptions);
const providerMetadata = providerOptions;
const provider = { providerOptions, providerMetadata };

// An object told apart from its neighbours by the literal in `type`.
const part = (type, fields) => v.object({ type: v.literal(type), ...fields });

export const vProviderReference = part("reference", {
  reference: v.record(v.string(), v.string()),
});
const stringRecord = () => v.record(v.string(), v.string());

export const vThreadStatus = literals("active", "archived");
export const vMessageStatus = literals("pending", "success", "failed");
export const vRole = literals("system", "user", "assistant", "tool");

export const vTextPart = part("text", { text: text(), ...provider });
export const vImagePart = part("image", {
  image: v.union(v.string(), v.bytes(), ...(SDK7 ? [vProviderReference] : [])),
  ...(SDK6 ? { mediaType: maybeText() } : {}),
  mimeType: maybeText(),
  providerOptions,
});
export const vFilePart = part("file", {
  data: v.union(v.string(), v.bytes(), ...(SDK7 ? [vProviderReference] : [])),
  filename: maybeText(),
  ...(SDK6
    ? { mediaType: maybeText(), mimeType: maybeText() }
    : { mimeType: text() }),
  ...provider,
});
export const vUserContent = v.union(
  v.string(),
  v.array(v.union(vTextPart, vImagePart, vFilePart)),
);

export const vReasoningPart = part("reasoning", {
  text: text(),
  signature: maybeText(),
  ...provider,
});
export const vReasoningFilePart = part("reasoning-file", {
  url: maybeText(),
  data: maybe(v.union(v.string(), v.bytes())),
  mediaType: text(),
  ...provider,
});
export const vCustomContentPart = part("custom", { kind: text(), ...provider });
export const vRedactedReasoningPart = part("redacted-reasoning", { data: text(), ...provider });
export const vReasoningDetails = v.array(
  v.union(
    vReasoningPart,
    part("text", { text: text(), signature: maybeText() }),
    part("redacted", { data: text() }),
  ),
);

const urlSource = {
  sourceType: v.literal("url"),
  id: text(),
  url: text(),
  title: maybeText(),
  ...provider,
};
const documentSource = part("source", {
  sourceType: v.literal("document"),
  id: text(),
  mediaType: text(),
  title: text(),
  filename: maybeText(),
  ...provider,
});
export const vSourcePart = v.union(part("source", urlSource), documentSource);
export const vSource = v.union(
  v.object({ type: maybe(v.literal("source")), ...urlSource }),
  documentSource,
);

const toolCall = (payload) =>
  part("tool-call", {
    toolCallId: text(),
    toolName: text(),
    ...payload,
    providerExecuted: maybeFlag(),
    ...(SDK7
      ? { title: maybeText(), toolMetadata: maybe(v.record(v.string(), v.any())) }
      : {}),
    ...provider,
  });
export const vToolCallPart = SDK6
  ? v.union(
      toolCall({ input: v.any(), args: maybe(v.any()) }),
      toolCall({ args: v.any(), input: maybe(v.any()) }),
    )
  : toolCall({ args: v.any() });

const fileId = () => v.union(v.string(), stringRecord());
const resultOptions = SDK6 ? { providerOptions } : {};
const reference = { providerReference: stringRecord(), providerOptions };
const resultFile = part("file", {
  data: v.union(
    part("url", { url: text() }),
    vProviderReference,
    part("data", { data: v.union(v.string(), v.bytes()) }),
    part("text", { text: text() }),
  ),
  mediaType: text(),
  filename: maybeText(),
  providerOptions,
});
const newerResults = [
  part("file-data", {
    data: text(),
    mediaType: text(),
    filename: maybeText(),
    providerOptions,
  }),
  part("file-url", {
    url: text(),
    ...(SDK7 ? { mediaType: maybeText() } : {}),
    providerOptions,
  }),
  part("file-id", { fileId: fileId(), providerOptions }),
  ...(SDK7 ? [part("file-reference", reference)] : []),
  part("image-data", { data: text(), mediaType: text(), providerOptions }),
  ...(SDK7 ? [part("image-file-reference", reference)] : []),
  part("image-url", { url: text(), providerOptions }),
  part("image-file-id", { fileId: fileId(), providerOptions }),
  part("custom", { providerOptions }),
];
const toolResultContent = v.array(
  v.union(
    part("text", { text: text(), ...resultOptions }),
    ...(SDK7 ? [resultFile] : []),
    part("media", { data: text(), mediaType: text() }),
    ...(SDK6 ? newerResults : []),
  ),
);
export const vToolResultOutput = v.union(
  part("text", { value: text(), ...resultOptions }),
  part("json", { value: v.any(), ...resultOptions }),
  part("error-text", { value: text(), ...resultOptions }),
  part("error-json", { value: v.any(), ...resultOptions }),
  ...(SDK6 ? [part("execution-denied", { reason: maybeText(), providerOptions })] : []),
  part("content", { value: toolResultContent }),
);

export const vToolApprovalRequest = part("tool-approval-request", {
  approvalId: text(),
  toolCallId: text(),
  ...(SDK7 ? { isAutomatic: maybeFlag(), signature: maybeText() } : {}),
  providerMetadata,
  providerOptions,
});
export const vToolApprovalResponse = part("tool-approval-response", {
  approvalId: text(),
  approved: v.boolean(),
  reason: maybeText(),
  providerExecuted: maybeFlag(),
  providerMetadata,
  providerOptions,
});
export const vToolResultPart = part("tool-result", {
  toolCallId: text(),
  toolName: text(),
  output: maybe(vToolResultOutput),
  ...provider,
  providerExecuted: maybeFlag(),
  result: maybe(v.any()),
  isError: maybeFlag(),
  args: maybe(v.any()),
  experimental_content: maybe(
    v.array(
      v.union(
        part("text", { text: text() }),
        part("image", { data: text(), mimeType: maybeText() }),
      ),
    ),
  ),
});
export const vToolContent = v.array(
  SDK6 ? v.union(vToolResultPart, vToolApprovalResponse) : vToolResultPart,
);

export const vAssistantContent = v.union(
  v.string(),
  v.array(
    v.union(
      vTextPart,
      vFilePart,
      vReasoningPart,
      ...(SDK7 ? [vReasoningFilePart, vCustomContentPart] : []),
      vRedactedReasoningPart,
      vToolCallPart,
      vToolResultPart,
      vSourcePart,
      ...(SDK6 ? [vToolApprovalRequest] : []),
    ),
  ),
);
export const vContent = v.union(vUserContent, vAssistantContent, vToolContent);

const message = (role, content) =>
  v.object({ role: v.literal(role), content, providerOptions });
export const vUserMessage = message("user", vUserContent);
export const vAssistantMessage = message("assistant", vAssistantContent);
export const vToolMessage = message("tool", vToolContent);
export const vSystemMessage = message("system", v.string());
export const vMessage = v.union(vUserMessage, vAssistantMessage, vToolMessage, vSystemMessage);

export const vRequest = v.object({
  body: maybe(v.any()),
  headers: maybe(stringRecord()),
  method: maybeText(),
  url: maybeText(),
});
export const vFinishReason = literals(
  "stop",
  "length",
  "content-filter",
  "tool-calls",
  "error",
  "other",
  "unknown",
);
const tokens = SDK7 ? maybeNumber() : v.number();
export const vUsage = v.object({
  promptTokens: tokens,
  completionTokens: tokens,
  totalTokens: tokens,
  reasoningTokens: maybeNumber(),
  cachedInputTokens: maybeNumber(),
  ...(SDK7
    ? {
        nonCachedInputTokens: maybeNumber(),
        cacheWriteInputTokens: maybeNumber(),
        textOutputTokens: maybeNumber(),
        raw: maybe(v.record(v.string(), v.any())),
      }
    : {}),
});
export const vLanguageModelCallWarning = v.union(
  ...(SDK7
    ? [
        part("unsupported", { feature: text(), details: maybeText() }),
        part("compatibility", { feature: text(), details: maybeText() }),
        part("deprecated", { setting: text(), message: text() }),
      ]
    : []),
  part("unsupported-setting", { setting: text(), details: maybeText() }),
  part("unsupported-tool", { tool: v.any(), details: maybeText() }),
  part("other", { message: text() }),
);

export const vMessageWithMetadataInternal = v.object({
  message: vMessage,
  text: maybeText(),
  fileIds: maybe(v.array(v.id("files"))),
  status: maybe(vMessageStatus),
  finishReason: maybe(vFinishReason),
  model: maybeText(),
  provider: maybeText(),
  providerMetadata,
  sources: maybe(v.array(vSource)),
  reasoning: maybeText(),
  reasoningDetails: maybe(vReasoningDetails),
  usage: maybe(vUsage),
  warnings: maybe(v.array(vLanguageModelCallWarning)),
  error: maybeText(),
});
export const vMessageWithMetadata = v.object({
  ...vMessageWithMetadataInternal.fields,
  fileIds: maybe(v.array(v.string())),
});

const dimension = literals(
  ...[128, 256, 512, 768, 1024, 1408, 1536, 2048],
  ...(since("@convex-dev/agent", "0.7.2") ? [2560] : []),
  ...[3072, 4096],
);
const vectors = v.array(v.union(v.array(v.number()), v.null()));
export const vMessageEmbeddings = v.object({ model: text(), vectors });
export const vMessageEmbeddingsWithDimension = v.object({ model: text(), dimension, vectors });
export const vEmbeddingsWithMetadata = v.object({ vectors, dimension, model: text() });

export const vContextOptionsSearchOptions = v.object({
  limit: v.number(),
  textSearch: maybeFlag(),
  vectorSearch: maybeFlag(),
  vectorScoreThreshold: maybeNumber(),
  messageRange: maybe(v.object({ before: v.number(), after: v.number() })),
});
export const vContextOptions = v.object({
  excludeToolMessages: maybeFlag(),
  recentMessages: maybeNumber(),
  searchOptions: maybe(vContextOptionsSearchOptions),
  searchOtherThreads: maybeFlag(),
});
export const vStorageOptions = v.object({
  saveMessages: maybe(literals("all", "none", "promptAndOutput")),
});
export const vCallSettings = v.object({
  maxOutputTokens: maybeNumber(),
  temperature: maybeNumber(),
  topP: maybeNumber(),
  topK: maybeNumber(),
  presencePenalty: maybeNumber(),
  frequencyPenalty: maybeNumber(),
  stopSequences: maybe(v.array(v.string())),
  seed: maybeNumber(),
  maxRetries: maybeNumber(),
  headers: maybe(stringRecord()),
});

const generationArgs = {
  userId: maybeText(),
  threadId: maybeText(),
  contextOptions: maybe(vContextOptions),
  storageOptions: maybe(vStorageOptions),
  providerOptions,
  callSettings: maybe(vCallSettings),
  ...(SDK7
    ? {
        allowSystemInMessages: maybeFlag(),
        system: maybe(v.union(v.string(), vSystemMessage, v.array(vSystemMessage))),
      }
    : { system: maybeText() }),
  prompt: maybeText(),
  messages: maybe(v.array(vMessage)),
  promptMessageId: maybeText(),
};
export const vSafeObjectArgs = v.object(generationArgs);
export const vTextArgs = v.object({
  ...generationArgs,
  stream: maybeFlag(),
  toolChoice: maybe(
    v.union(
      v.literal("auto"),
      v.literal("none"),
      v.literal("required"),
      part("tool", { toolName: text() }),
    ),
  ),
  maxSteps: maybeNumber(),
  experimental_continueSteps: maybeFlag(),
});

export function vPaginationResult(item) {
  return v.object({
    page: v.array(item),
    continueCursor: v.string(),
    isDone: v.boolean(),
    splitCursor: maybe(v.union(v.string(), v.null())),
    pageStatus: maybe(
      v.union(v.literal("SplitRecommended"), v.literal("SplitRequired"), v.null()),
    ),
  });
}

export const vStreamCursor = v.object({ streamId: v.string(), cursor: v.number() });
export const vStreamArgs = maybe(
  v.union(
    v.object({ kind: v.literal("list"), startOrder: maybeNumber() }),
    v.object({ kind: v.literal("deltas"), cursors: v.array(vStreamCursor) }),
  ),
);
export const vStreamMessage = v.object({
  streamId: v.string(),
  status: literals("streaming", "finished", "aborted"),
  format: maybe(literals("UIMessageChunk", "TextStreamPart")),
  order: v.number(),
  stepOrder: v.number(),
  userId: maybeText(),
  agentName: maybeText(),
  model: maybeText(),
  provider: maybeText(),
  providerOptions,
});
export const vStreamDelta = v.object({
  streamId: v.string(),
  start: v.number(),
  end: v.number(),
  parts: v.array(v.any()),
});

export const vMessageDoc = v.object({
  _id: v.string(),
  _creationTime: v.number(),
  userId: maybeText(),
  threadId: v.string(),
  order: v.number(),
  stepOrder: v.number(),
  embeddingId: maybeText(),
  fileIds: maybe(v.array(v.string())),
  error: maybeText(),
  status: vMessageStatus,
  agentName: maybeText(),
  model: maybeText(),
  provider: maybeText(),
  providerOptions,
  message: maybe(vMessage),
  tool: v.boolean(),
  text: maybeText(),
  usage: maybe(vUsage),
  providerMetadata,
  sources: maybe(v.array(vSource)),
  warnings: maybe(v.array(vLanguageModelCallWarning)),
  finishReason: maybe(vFinishReason),
  reasoning: maybeText(),
  reasoningDetails: maybe(vReasoningDetails),
  id: maybeText(),
});
export const vThreadDoc = v.object({
  _id: v.string(),
  _creationTime: v.number(),
  userId: maybeText(),
  title: maybeText(),
  summary: maybeText(),
  status: vThreadStatus,
});
