// Model of @auth/core/providers/sendgrid, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("sendgrid", "SendGrid", "email");
