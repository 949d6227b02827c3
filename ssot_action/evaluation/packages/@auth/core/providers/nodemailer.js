// Model of @auth/core/providers/nodemailer, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("nodemailer", "Nodemailer", "email");
