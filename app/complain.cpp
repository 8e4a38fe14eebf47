#include <cstdio>

#include "app/commands.h"

namespace dentate::app {

void complain(const spec::Error& error) {
  std::fprintf(stderr, "dentate: %s\n", error.text().c_str());
}

}  // namespace dentate::app
