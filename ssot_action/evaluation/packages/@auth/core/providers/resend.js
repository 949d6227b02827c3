// Model of @auth/core/providers/resend, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("resend", "Resend", "email");
