// Compile-time choices of Dear ImGui; read by the libraries and by everything that includes imgui.h.
#pragma once

// A plot of many replicas has more than 65,535 vertices in one draw list.
#define ImDrawIdx unsigned int

// Functions that the next version removes do not compile.
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS

#ifdef DENTATE_GUI_TEST
#define IMGUI_ENABLE_TEST_ENGINE
#define IMGUI_TEST_ENGINE_ENABLE_CAPTURE 1
#define IMGUI_TEST_ENGINE_ENABLE_COROUTINE_STDTHREAD_IMPL 1
#define IMGUI_TEST_ENGINE_ENABLE_STD_FUNCTION 0
#endif
