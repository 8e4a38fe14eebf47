// What the corpora begin with: one or a few whole files for each target. seeds FOLDER
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/run/checkpoint.h"
#include "engine/run/state_bytes.h"
#include "tests/engine/data/gzip.h"
#include "tests/engine/data/tar_writer.h"
#include "tests/engine/run/advancing.h"
#include "tests/fuzz/small_run.h"

namespace fs = std::filesystem;
using namespace dentate;
using Bytes = std::vector<std::uint8_t>;

namespace {

Bytes contentOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const Bytes& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

Bytes halves(const Bytes& first, const Bytes& second) {
  Bytes out;
  out.push_back(static_cast<std::uint8_t>(first.size()));
  out.push_back(static_cast<std::uint8_t>(first.size() >> 8U));
  for (const auto* half : {&first, &second}) out.insert(out.end(), half->begin(), half->end());
  return out;
}

void configs(const fs::path& to) {
  for (const auto& entry : fs::directory_iterator("configs"))
    if (entry.is_regular_file()) write(to / entry.path().filename(), contentOf(entry.path()));
}

void idx(const fs::path& to) {
  const Bytes images{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2,  0,  0,
                     0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  const Bytes labels{0, 0, 8, 1, 0, 0, 0, 2, 0, 1};
  write(to / "plain", halves(images, labels));
  write(to / "gzip", halves(data::gzip(images), data::gzip(labels)));
}

void cifar(const fs::path& to) {
  fs::create_directories(to);
  const auto record = [](std::size_t labels) { return Bytes(labels + 3072, 3); };
  const data::TarEntries ten{{"cifar-10-batches-bin/data_batch_1.bin", record(1)},
                             {"cifar-10-batches-bin/test_batch.bin", record(1)}};
  const data::TarEntries hundred{{"cifar-100-binary/train.bin", record(2)},
                                 {"cifar-100-binary/test.bin", record(2)}};
  data::writeTar(to / "10.tar", ten, data::Packing::Plain);
  data::writeTar(to / "10.tar.gz", ten);
  data::writeTar(to / "100.tar.gz", hundred);
}

// One character by one who trains and one who tests.
void omniglot(const fs::path& to) {
  fs::create_directories(to);
  const auto drawing = contentOf("tests/fuzz/pictures/drawing.png");
  data::writeZip(to / "zip", {{"images_background/Greek/character01/0001_01.png", drawing},
                              {"images_background/Greek/character01/0001_16.png", drawing}});
}

// At the start, between meta-steps, with tests half done, and at the end.
void checkpoints(const fs::path& to) {
  run::Experiment experiment(fuzz::smallRun());
  for (int i = 0; i < 6; ++i) {
    if (i == 5) (void)test::advanceToEnd(experiment);
    if (i > 0) (void)test::advanceSome(experiment, /*looks=*/i < 3 ? 2 : 1);
    run::Checkpoint whole;
    whole.head.name = "main";
    whole.spec = fuzz::smallRun()->spec;
    whole.state = experiment.state();
    const auto text = run::textOf(whole);
    write(to / std::to_string(i),
          halves({text.begin(), text.end()},
                 run::bytesOf(whole.state.courses.front(), whole.state.regimes)));
  }
}

void copies(const fs::path& from, const fs::path& to) {
  for (const auto& entry : fs::directory_iterator(from))
    write(to / entry.path().filename(), contentOf(entry.path()));
}

}  // namespace

int main(int arguments, char** names) {
  if (arguments != 2) return 2;
  const fs::path to = names[1];
  configs(to / "config");
  idx(to / "idx");
  cifar(to / "cifar");
  omniglot(to / "omniglot");
  copies("tests/fuzz/pictures", to / "picture");
  copies("tests/fuzz/recordings", to / "recording");
  checkpoints(to / "checkpoint");
  return 0;
}
