// Model of @auth/core/providers/passage, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("passage", "Passage", "oidc");
