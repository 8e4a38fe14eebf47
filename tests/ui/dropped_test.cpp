// What a path is that was dropped onto the window.
#include "ui/dropped.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/engine/data/temp_folder.h"

namespace dentate::ui {
namespace {

namespace fs = std::filesystem;

class DroppedTest : public testing::Test {
 protected:
  fs::path write(const char* name, const std::string& text = "") {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  data::TempFolder temp_;
  const fs::path folder_ = temp_.path();
};

TEST_F(DroppedTest, AJsonFileIsAnExperiment) {
  EXPECT_EQ(whatIsDropped(write("mine.json", "{}")).value(), Dropped::Experiment);
  EXPECT_EQ(whatIsDropped(write("MINE.JSON", "{}")).value(), Dropped::Experiment);
  EXPECT_FALSE(whatIsDropped(folder_ / "absent.json"));
  fs::create_directories(folder_ / "folder.json");
  EXPECT_FALSE(whatIsDropped(folder_ / "folder.json"));
}

TEST_F(DroppedTest, APictureIsKnownByItsFirstBytes) {
  EXPECT_EQ(whatIsDropped(write("scan", "\x89PNG\r\n\x1a\nIHDR")).value(), Dropped::Picture);
  EXPECT_EQ(whatIsDropped(write("photo.jpg", "\xff\xd8\xff\xe0 JFIF")).value(), Dropped::Picture);
  EXPECT_FALSE(whatIsDropped(write("text.png", "not a picture")));
  EXPECT_FALSE(whatIsDropped(write("empty.png")));
}

TEST_F(DroppedTest, AFolderOfTheFourIdxFilesIsData) {
  write("train-images-idx3-ubyte");
  write("train-labels-idx1-ubyte.gz");
  write("t10k-images-idx3-ubyte.gz");
  const auto refused = whatIsDropped(folder_);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("t10k-labels-idx1-ubyte"), std::string::npos);
  write("t10k-labels-idx1-ubyte");
  EXPECT_EQ(whatIsDropped(folder_).value(), Dropped::IdxFolder);
}

TEST_F(DroppedTest, AnArchiveOfCifarIsKnownByItsName) {
  EXPECT_EQ(whatIsDropped(write("cifar-10-binary.tar.gz")).value(), Dropped::Cifar10);
  EXPECT_EQ(whatIsDropped(write("CIFAR-100-binary-subset.tar.gz")).value(), Dropped::Cifar100);
  EXPECT_EQ(whatIsDropped(write("cifar-100-binary.tar")).value(), Dropped::Cifar100);
  EXPECT_FALSE(whatIsDropped(write("cifar-10.txt")));
  EXPECT_FALSE(whatIsDropped(write("other.tar.gz")));
}

TEST_F(DroppedTest, OmniglotIsAnArchiveOrTheirFolder) {
  EXPECT_FALSE(whatIsDropped(folder_));
  EXPECT_EQ(whatIsDropped(write("images_evaluation.zip")).value(), Dropped::Omniglot);
  EXPECT_EQ(whatIsDropped(folder_).value(), Dropped::Omniglot);
  EXPECT_EQ(whatIsDropped(write("omniglot-images_background_small1.zip")).value(),
            Dropped::Omniglot);
  EXPECT_FALSE(whatIsDropped(write("other.zip")));
}

TEST_F(DroppedTest, AFolderWithPicturesByClassIsData) {
  fs::create_directories(folder_ / "pets/cats");
  EXPECT_FALSE(whatIsDropped(folder_ / "pets"));
  write("pets/cats/1.png", "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(whatIsDropped(folder_ / "pets").value(), Dropped::ImageFolder);
  EXPECT_FALSE(whatIsDropped(folder_ / "pets/cats"));  // a class alone
  EXPECT_EQ(whatIsDropped(folder_).value(),
            Dropped::ImageFolder);  // as train and test are laid out
}

TEST_F(DroppedTest, AFolderOfASavedRunIsComparedWith) {
  write("config.json");
  write("metrics.csv");
  EXPECT_FALSE(whatIsDropped(folder_));
  write("accuracy.csv");
  EXPECT_EQ(whatIsDropped(folder_).value(), Dropped::SavedRun);
}

TEST_F(DroppedTest, ARefusalNamesThePathAndWhatCanBeDropped) {
  const auto refused = whatIsDropped(write("notes.txt", "words"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, (folder_ / "notes.txt").string());
  for (const char* word : {".json", "PNG", "IDX", "saved run"})
    EXPECT_NE(refused.error().what.find(word), std::string::npos) << refused.error().what;
  EXPECT_FALSE(whatIsDropped(folder_));
}

TEST_F(DroppedTest, OfSeveralTheFirstIsTaken) {
  EXPECT_EQ(notTaken({"/a/one.json"}), "");
  EXPECT_EQ(notTaken({"/a/one.json", "/b/two.png", "/c/three"}),
            "one at a time: one.json is taken, not two.png, three");
}

}  // namespace
}  // namespace dentate::ui
