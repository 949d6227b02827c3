// Model of @auth/core/providers/fusionauth, checked against 0.37.4 and 0.41.3.
// Versions: its type was "oauth" in 0.37.4.
import { provider } from "./_provider.js";

export default provider("fusionauth", "FusionAuth", "oidc");
