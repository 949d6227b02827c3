// Model of @auth/core/providers/logto, checked against 0.41.3.
import { provider } from "./_provider.js";

export default provider("logto", "Logto", "oidc");
