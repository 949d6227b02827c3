// Model of @auth/core/providers/linkedin, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("linkedin", "LinkedIn", "oidc");
