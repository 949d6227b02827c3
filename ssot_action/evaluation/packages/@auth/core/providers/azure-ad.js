// Model of @auth/core/providers/azure-ad, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("azure-ad", "Azure Active Directory", "oidc");
