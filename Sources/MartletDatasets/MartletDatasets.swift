// MartletDatasets
