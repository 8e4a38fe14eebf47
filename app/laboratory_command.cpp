#include "app/commands.h"
namespace dentate::app {
int laboratoryCommand(const LaboratoryOptions&, const Places&) { return kWell; }
}
