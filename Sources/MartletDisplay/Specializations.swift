// Every cell imports this module, and finds the common algorithms through it in a form that compiles quickly.
@_exported import MartletSpecializations
