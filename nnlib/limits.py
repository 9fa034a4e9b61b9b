"""How far the widgets go: limits that Python and JavaScript share. tools/names.py writes them for JavaScript."""

LAST_EPOCH = 100_000
MOST_NEURONS = 8  # in a widget: more of them cannot be told apart in a picture
MOST_DIGIT_NEURONS = 60  # of DigitExplorer
DIGIT_EPOCHS = 100  # that it trains for
MOST_INPUTS = MOST_OUTPUTS = 4
MOST_ROWS = 16
LARGEST_SEED = 2**53 - 1  # JavaScript's whole numbers are exact up to here
MOST_STEPS = 200  # of the ball in DescentExplorer
LAB_EPOCHS = 3000  # that BugLab trains for
REACH = 10.0  # of the sliders for z, weights and inputs, to both sides
SMALLEST_EPSILON, LARGEST_EPSILON = 1e-14, 1.0  # of GradientCheck
EXACT = 1e-8  # how far off, of itself, a number of NumberBox may be that is asked for as it is: it is kept to nine digits
SMALLEST_NUDGE, LARGEST_NUDGE, PLACE = 1e-6, 1.0, 3.0  # of SlopeExplorer: its nudge, and how far its point goes to both sides
