@_exported import MartletDatasets
@_exported import MartletDisplay
@_exported import MartletFrames
@_exported import MartletModels
@_exported import MartletNumerics
@_exported import MartletPlots
@_exported import MartletText
@_exported import MartletWidgets
