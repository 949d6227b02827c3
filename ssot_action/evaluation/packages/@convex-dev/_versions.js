// Which version of a package a project uses decides some of what the models here compute: they ask
// since(package, version), "is it that version or a later one?".
// The answer is unknown where the project leaves it open, and the newest version's where the
// project does not name the package at all.
export { since } from "ssot:host";
