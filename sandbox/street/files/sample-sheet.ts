// A sheet with forty rows, for whoever has none at hand: the names and ideas of a campaign's pictures.

export const SAMPLE_SHEET = `name,idea,audience
red-tulips,"A tin bucket of red tulips on wet cobblestones",Families
morning-bread,"Warm loaves of bread on a linen cloth, steam rising",Regulars
harbour-coffee,"A cup of coffee on a wooden jetty, boats behind",Visitors
lemon-stand,"A pyramid of lemons at a market stand",Students
blue-door,"A blue door with a wreath of spring flowers",Families
picnic,"A picnic blanket with cherries and a book in tall grass",Regulars
first-swallow,"A swallow over red roofs in clear morning air",Visitors
honey,"A jar of honey with a wooden dipper, backlit",Students
rain-boots,"Yellow rain boots beside a puddle with a paper boat",Families
strawberries,"Strawberries in a blue bowl, drops of water",Regulars
bicycle,"A bicycle with a basket of lilac by a white wall",Visitors
garden-table,"A garden table under a blossoming apple tree",Students
olive-oil,"A bottle of olive oil in warm evening light",Families
radishes,"A bunch of radishes tied with string on slate",Regulars
kite,"A red kite over dunes, wide sky",Visitors
herbs,"Pots of basil, thyme and mint on a window sill",Students
ice-cream,"Two cones of ice cream against a turquoise sea",Families
street-music,"An accordion on a chair in an empty square",Regulars
cheese,"A wheel of cheese with a knife and walnuts",Visitors
candles,"Candles in glasses on a long table at dusk",Students
postcards,"Old postcards spread over a sunny desk",Families
asparagus,"Green asparagus on a wooden board, seen from above",Regulars
fishing-nets,"Fishing nets drying in the sun, orange and blue",Visitors
tea-garden,"A teapot and two cups under a paper lantern",Students
sunflowers,"A field of sunflowers after rain",Families
apron,"A striped apron on a hook beside copper pans",Regulars
mussels,"A pot of mussels with parsley on a blue tablecloth",Visitors
seedlings,"Seedlings in egg boxes on a bright shelf",Students
lighthouse,"A lighthouse on a cliff, first light",Families
wool,"Balls of wool in earthy colours in a basket",Regulars
peonies,"Pink peonies in a glass jar, soft shadows",Visitors
chess,"A chess board on a park bench in autumn leaves",Students
pretzels,"Pretzels on a string in a bakery window",Families
canoe,"A canoe on a still lake, fir trees behind",Regulars
tomatoes,"Tomatoes of all colours in a wooden crate",Visitors
umbrella,"A yellow umbrella in a grey street",Students
pottery,"A potter's hands at the wheel, clay on the table",Families
lavender,"Rows of lavender to the horizon",Regulars
market-cat,"A cat asleep on a crate of oranges",Visitors
night-market,"Lamps over a night market, seen from above",Students
`;
