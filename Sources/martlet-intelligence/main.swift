import Foundation
import Intelligence

exit(IntelligenceHelper.run(Array(CommandLine.arguments.dropFirst())))
