// MartletPlots
