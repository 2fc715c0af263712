// MartletFrames
