// Libraries stay loaded to the end of a test program under the leak sanitizer.
//
// Mesa unloads its driver before leaks are looked for; those of the driver would then belong to
// "<unknown module>", which no line of lsan.supp can name.
extern "C" int dlclose(void*) { return 0; }
