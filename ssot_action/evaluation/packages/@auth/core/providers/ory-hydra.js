// Model of @auth/core/providers/ory-hydra, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("hydra", "Hydra", "oidc");
