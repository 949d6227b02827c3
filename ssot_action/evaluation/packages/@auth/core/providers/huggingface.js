// Model of @auth/core/providers/huggingface, checked against 0.41.3.
import { provider } from "./_provider.js";

export default provider("huggingface", "Hugging Face", "oidc");
