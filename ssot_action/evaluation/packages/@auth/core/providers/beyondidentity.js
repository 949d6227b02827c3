// Model of @auth/core/providers/beyondidentity, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("beyondidentity", "Beyond Identity", "oidc");
