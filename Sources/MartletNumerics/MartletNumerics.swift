// MartletNumerics
