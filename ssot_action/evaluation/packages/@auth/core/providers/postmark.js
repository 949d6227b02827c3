// Model of @auth/core/providers/postmark, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("postmark", "Postmark", "email");
