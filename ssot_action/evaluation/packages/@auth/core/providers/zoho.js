// Model of @auth/core/providers/zoho, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("zoho", "Zoho", "oauth");
