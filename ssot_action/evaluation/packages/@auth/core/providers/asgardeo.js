// Model of @auth/core/providers/asgardeo, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("asgardeo", "Asgardeo", "oidc");
