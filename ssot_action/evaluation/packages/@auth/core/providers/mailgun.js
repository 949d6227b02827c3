// Model of @auth/core/providers/mailgun, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("mailgun", "Mailgun", "email");
