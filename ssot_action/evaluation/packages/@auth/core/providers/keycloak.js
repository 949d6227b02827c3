// Model of @auth/core/providers/keycloak, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("keycloak", "Keycloak", "oidc");
