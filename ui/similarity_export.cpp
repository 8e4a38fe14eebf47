#include "ui/similarity_export.h"

#include <functional>
#include <system_error>

#include "engine/figure/export.h"
#include "ui/similarity_text.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

void save(const PanelContext& context, const char* name, const char* extension,
          const std::function<spec::Status(const fs::path&)>& write) {
  const fs::path folder = context.session.output / "figures";
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem)
    return context.session.log.error({spec::Error::Kind::Io, folder.string(),
                                      "the folder cannot be made: " + problem.message()});
  const fs::path file = freePath(folder, name, extension);
  if (const auto failed = write(file)) return context.session.log.error(*failed);
  context.session.log.notice("Representations", "saved to " + file.string());
}

}  // namespace

void exportMatrices(const PanelContext& context, const SimilarityExport& what, ExportKind kind) {
  const auto& network = context.now.spec->network;
  if (kind == ExportKind::Csv)
    return save(context, "representations", ".csv", [&](const fs::path& file) {
      return writeText(file, similarityCsv(what.view, network));
    });
  const auto figure = similarityFigure(what.view, network, what.low);
  const figure::Size size{360, 320, 2};  // of one map
  if (kind == ExportKind::Png)
    return save(context, "representations", ".png",
                [&](const fs::path& file) { return figure::writePng(figure, file, size); });
  save(context, "representations", ".svg",
       [&](const fs::path& file) { return figure::writeSvg(figure, file, size); });
}

}  // namespace dentate::ui
