/** Every stylesheet of the page, in the order in which they follow each other. */
import '../draw/draw.css';
import './css/base.css';
import './css/controls.css';
import './css/claims.css';
import './css/story.css';
import './css/panes.css';
import './css/details.css';
import './css/timeline.css';
import './css/explore.css';
import './css/media.css';
